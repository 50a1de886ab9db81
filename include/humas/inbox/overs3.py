"""S3 for keys of any letters: the library takes part of some names for the number of a version."""

from __future__ import annotations

from s3fs import S3FileSystem

_VERSION, _STAND_IN = "?versionId=", "\0"


class AnyNameS3(S3FileSystem):  # type: ignore[misc]  # the library is untyped
    """Files in an object store; a key means itself, also with ``?versionId=`` in it."""

    def split_path(self, path: str) -> tuple[str, str, str | None]:
        """Bucket and key of a path; never a version."""
        bucket, key, version = super().split_path(path.replace(_VERSION, _STAND_IN))
        return bucket, key.replace(_STAND_IN, _VERSION), version
