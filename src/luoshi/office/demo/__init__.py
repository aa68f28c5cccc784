"""The demonstration office: a fictitious office whose year is played through the real actions."""
