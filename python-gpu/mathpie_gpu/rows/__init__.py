"""Rows of text to rows of tokens: files read, chats rendered and encoded, rows and pairs packed into passes."""
