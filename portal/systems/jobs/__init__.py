"""Jobs for systems of repairs: those that may leave, what became of them, and a time that is asked for."""
