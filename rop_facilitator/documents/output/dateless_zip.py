"""A zip file that says nothing about when it was made, so that it can be made whatever the clock says."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from zipfile import ZipFile, ZipInfo

_FIRST_DAY = (1980, 1, 1, 0, 0, 0)


class DatelessZip(ZipFile):
    """For the libraries that write Word files and spreadsheets, which fail where a clock stands before 1980."""

    def writestr(self, zinfo_or_arcname: str | ZipInfo, data: Any, *_kind: Any, **_options: Any) -> None:
        """Put in a member of this name, or as this ZipInfo says."""
        info = zinfo_or_arcname if isinstance(zinfo_or_arcname, ZipInfo) else ZipInfo(zinfo_or_arcname)
        info.date_time = _FIRST_DAY
        # A ZipInfo has its own kind of compression, none by default, and that wins over the kind of the file.
        info.compress_type = self.compression
        super().writestr(info, data)

    def write(self, filename: Any, arcname: Any = None, *_kind: Any, **_options: Any) -> None:
        """Put in what lies in memory: nothing that we make goes by way of a file."""
        assert isinstance(filename, BytesIO)
        self.writestr(arcname, filename.getvalue())
