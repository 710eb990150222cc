"""Encryption of backup files: AES-256-GCM in chunks, so that size does not matter and a cut file is noticed.

A file is the mark, a salt, and chunks of (length, nonce, ciphertext). The number of the chunk and whether
it is the last one are authenticated with it.
"""

from __future__ import annotations

import hashlib
import os
import struct
from collections.abc import Iterator
from typing import BinaryIO

MARK = b"FLBACKUP1\n"
CHUNK = 1 << 20
SALT_BYTES, NONCE_BYTES = 16, 12


class DamagedFile(ValueError):
	"""The file was cut or changed, or the key is another one."""


def encrypt_file(source: str, target: str, key: str) -> None:
	"""Write the encrypted form of a file.

	Args:
		source, target: paths.
		key: any text; a key is derived from it.
	"""
	salt = os.urandom(SALT_BYTES)
	cipher = _cipher(key, salt)
	with open(source, "rb") as reading, open(target, "wb") as writing:
		writing.write(MARK + salt)
		for number, chunk, is_last in _chunks(reading):
			nonce = os.urandom(NONCE_BYTES)
			sealed = cipher.encrypt(nonce, chunk, _label(number, is_last))
			writing.write(struct.pack(">I?", len(sealed), is_last) + nonce + sealed)


def decrypt_file(source: str, target: str, key: str) -> None:
	"""Write the plain form of an encrypted file.

	Raises:
		DamagedFile: the file is not complete and unchanged, or `key` is wrong.
	"""
	from cryptography.exceptions import InvalidTag

	with open(source, "rb") as reading, open(target, "wb") as writing:
		if reading.read(len(MARK)) != MARK:
			raise DamagedFile(f"{os.path.basename(source)} is no encrypted backup")
		cipher = _cipher(key, reading.read(SALT_BYTES))
		try:
			for number, is_last, nonce, sealed in _sealed_chunks(reading):
				writing.write(cipher.decrypt(nonce, sealed, _label(number, is_last)))
		except (InvalidTag, struct.error):
			raise DamagedFile(f"{os.path.basename(source)} is damaged, or the key is another one") from None


def is_encrypted(path: str) -> bool:
	"""Tell whether a file is an encrypted backup."""
	with open(path, "rb") as file:
		return file.read(len(MARK)) == MARK


def _cipher(key: str, salt: bytes):
	from cryptography.hazmat.primitives.ciphers.aead import AESGCM

	return AESGCM(hashlib.scrypt(key.encode(), salt=salt, n=2**14, r=8, p=1, dklen=32))


def _label(number: int, is_last: bool) -> bytes:
	return struct.pack(">Q?", number, is_last)


def _chunks(file: BinaryIO) -> Iterator[tuple[int, bytes, bool]]:
	number, chunk = 0, file.read(CHUNK)
	while True:
		following = file.read(CHUNK)
		yield number, chunk, not following
		if not following:
			return
		number, chunk = number + 1, following


def _sealed_chunks(file: BinaryIO) -> Iterator[tuple[int, bool, bytes, bytes]]:
	number, is_last = 0, False
	while not is_last:
		length, is_last = struct.unpack(">I?", file.read(5))
		yield number, is_last, file.read(NONCE_BYTES), file.read(length)
		number += 1
