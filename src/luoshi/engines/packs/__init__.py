"""Packs on disk: one zip file each, in a folder of the deployment."""
