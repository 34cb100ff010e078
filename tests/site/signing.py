"""Keys, certificates and signed files that the tests make for themselves."""

import io
from datetime import datetime, timedelta, timezone

from asn1crypto import keys
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs7
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.generic import StreamObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.writer import PageObject
from pyhanko.sign import signers
from pyhanko_certvalidator.registry import SimpleCertificateStore
from pypdf import PdfWriter

#: valid by checksum, of invented people
ADA_CODE, BRUNO_CODE = "PRVDAA80A41A794P", "PRVBRN75B02A794K"


class Signer:
	"""Somebody with a key and a certificate of a year, issued by `issuer` or by themselves."""

	def __init__(
		self, given: str, surname: str, code: str = "", issuer: "Signer | None" = None, begins_in: int = -1
	):
		self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
		names = [
			x509.NameAttribute(NameOID.COMMON_NAME, f"{given} {surname}"),
			x509.NameAttribute(NameOID.GIVEN_NAME, given),
			x509.NameAttribute(NameOID.SURNAME, surname),
		]
		if code:
			names.append(x509.NameAttribute(NameOID.SERIAL_NUMBER, f"TINIT-{code}"))
		name, now = x509.Name(names), datetime.now(timezone.utc)
		self.certificate = (
			x509.CertificateBuilder()
			.subject_name(name)
			.issuer_name(issuer.certificate.subject if issuer else name)
			.public_key(self.key.public_key())
			.serial_number(x509.random_serial_number())
			.not_valid_before(now + timedelta(days=begins_in))
			.not_valid_after(now + timedelta(days=begins_in + 366))
			.add_extension(x509.BasicConstraints(ca=issuer is None, path_length=None), critical=True)
			.add_extension(
				x509.KeyUsage(True, True, False, False, False, issuer is None, issuer is None, False, False),
				critical=True,
			)
			.sign((issuer or self).key, hashes.SHA256())
		)

	@property
	def pem(self) -> bytes:
		return self.certificate.public_bytes(serialization.Encoding.PEM)

	def sign_pdf(self, content: bytes, field: str = "Firma") -> bytes:
		key = self.key.private_bytes(
			serialization.Encoding.DER,
			serialization.PrivateFormat.PKCS8,
			serialization.NoEncryption(),
		)
		signer = signers.SimpleSigner(
			signing_cert=asn1.Certificate.load(self.certificate.public_bytes(serialization.Encoding.DER)),
			signing_key=keys.PrivateKeyInfo.load(key),
			cert_registry=SimpleCertificateStore(),
		)
		meta = signers.PdfSignatureMetadata(field_name=field, md_algorithm="sha256")
		return signers.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(content)), meta, signer=signer).getvalue()

	def sign_p7m(self, content: bytes, encoding=serialization.Encoding.DER, options=()) -> bytes:
		builder = pkcs7.PKCS7SignatureBuilder().set_data(content)
		builder = builder.add_signer(self.certificate, self.key, hashes.SHA256())
		return builder.sign(encoding, [pkcs7.PKCS7Options.Binary, *options])


def blank_pdf(title: str = "Modulo di adesione") -> bytes:
	writer = PdfWriter()
	writer.add_blank_page(595, 842)
	writer.add_metadata({"/Title": title})
	out = io.BytesIO()
	writer.write(out)
	return out.getvalue()


def with_another_page(content: bytes) -> bytes:
	"""The same file with a page appended, as an incremental update that leaves the signed bytes as they are."""
	writer = IncrementalPdfFileWriter(io.BytesIO(content))
	drawn = writer.add_object(StreamObject(stream_data=b"0 0 m"))
	writer.insert_page(PageObject(contents=drawn, media_box=(0, 0, 200, 200)))
	out = io.BytesIO()
	writer.write(out)
	return out.getvalue()
