"""What every page that is written as a file begins with: it loads nothing and runs nothing."""

from __future__ import annotations

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def framed(title: str, style: str, body: str) -> str:
    """Return a whole page of a title, a style sheet and the inside of its body, all safe already."""
    return f"""<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{_POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>{title}</title>
<style>
{style}</style>
</head>
<body>
{body}</body>
</html>
"""
