"""What is taught: files that clinicians write in, frozen values out."""
