"""What is typed in, chosen or pressed."""
