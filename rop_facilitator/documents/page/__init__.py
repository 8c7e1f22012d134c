"""What a page consists of: Markdown and Jinja2 in, blocks out."""
