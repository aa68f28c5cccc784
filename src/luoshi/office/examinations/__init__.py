"""Uploaded materials, their points and links, and the corrections people make to them."""
