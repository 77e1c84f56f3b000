"""The course as files: where things are, how text becomes notebooks, and a student's own copies."""
