"""Files for browsers: one flat folder, known types only, revalidated by entity tag."""

from __future__ import annotations

from pathlib import Path

from sanic.request import Request
from sanic.response import HTTPResponse, empty, file

TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".webp": "image/webp",
    ".gif": "image/gif",
}


def find(folder: Path, name: str) -> Path | None:
    """The file `name` directly inside `folder`; None when it is missing, elsewhere or of an unknown type."""
    try:
        path = (folder / name).resolve()
        inside = path.parent == folder.resolve() and path.is_file()
    except (OSError, ValueError):  # too long a name, or one with a NUL
        return None
    return path if inside and path.suffix.lower() in TYPES else None


async def serve(request: Request, folder: Path, name: str, cache: str) -> HTTPResponse:
    """The file with `cache` as its Cache-Control, 304 when the browser has it, 404 when there is none."""
    path = find(folder, name)
    if path is None:
        return empty(404)
    stat = path.stat()
    tag = f'"{stat.st_mtime_ns:x}-{stat.st_size:x}"'
    headers = {"Cache-Control": cache, "ETag": tag}
    if tag in request.headers.get("if-none-match", ""):
        return empty(304, headers=headers)
    return await file(path, headers=headers, mime_type=TYPES[path.suffix.lower()])
