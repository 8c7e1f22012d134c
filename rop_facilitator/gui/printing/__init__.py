"""From a paper to the printer, a PDF or a Word file; and the paper with the recovery code."""
