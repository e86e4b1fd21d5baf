"""Starts MiniStack with one thing changed: a ranged read of an object on disk reads that range only.

MiniStack reads a persisted object whole for each range request (a third of a second for 1 MB of 256 MB), and ffmpeg
reads a source in many ranges. Here such a read maps the file, and MiniStack's own slicing then touches nothing but the
pages of the range. Objects are written to a new file and renamed, so a mapped one never changes under its reader.

MiniStack writes its state down as it ends. A file beside the state says whether it came to that (local/cloud/state.ts).
"""

import mmap
import pathlib
import sys
import threading

from ministack.app import main
from ministack.services import s3

_request = threading.local()
_get_object = s3._get_object
_read_body = s3._read_body


def get_object(bucket, key, headers, query_params=None):
    # With a version id MiniStack answers the body as it is: only a read that it slices may get a map.
    _request.ranged = bool(headers.get("range")) and "versionId" not in (query_params or {})
    try:
        return _get_object(bucket, key, headers, query_params)
    finally:
        _request.ranged = False


def read_body(bucket, key, record):
    if not getattr(_request, "ranged", False) or record.get("body") is not None:
        return _read_body(bucket, key, record)
    path = s3._object_disk_path(bucket, key)
    try:
        with open(path, "rb") as file:
            return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except (TypeError, OSError, ValueError):  # no path, no file, or an empty one
        return _read_body(bucket, key, record)


s3._get_object = get_object
s3._read_body = read_body

if __name__ == "__main__":
    in_order = pathlib.Path(sys.argv.pop(1), "ended-in-order")
    in_order.parent.mkdir(parents=True, exist_ok=True)
    in_order.unlink(missing_ok=True)
    main()
    in_order.touch()
