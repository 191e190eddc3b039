"""EML: a message with a text part and one attached document."""

from email.message import EmailMessage

from makers.web import text_block

DOCX = "vnd.openxmlformats-officedocument.wordprocessingml.document"


def write_eml(source, path, attachment):
    message = EmailMessage()
    message["From"] = source.meta["från"]
    message["To"] = source.meta["till"]
    message["Subject"] = source.title
    message["Date"] = source.meta["datum"]
    message["Message-ID"] = f"<{path.stem}@salgvalla.example>"
    # The first heading is the subject line.
    message.set_content("\n\n".join(text_block(block) for block in source.blocks[1:]) + "\n", cte="quoted-printable")
    message.add_attachment(attachment.read_bytes(), maintype="application", subtype=DOCX, filename=attachment.name)
    message.set_boundary("=-salgvalla-1")
    path.write_bytes(message.as_bytes())
