"""What leaves a case: asked for, decided by consent or exception, looked at by a second person, made, and logged."""
