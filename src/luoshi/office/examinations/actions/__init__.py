"""Every change of materials, their points and links."""
