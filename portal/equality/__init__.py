"""Who asks for help, for figures only: apart from every report and case, and tied to none."""
