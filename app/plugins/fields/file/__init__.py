"""Documents: PDF, Word, Excel, PowerPoint, plain text, pictures."""
