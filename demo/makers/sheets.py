"""XLSX and CSV: one sheet or block of rows for each heading with a table."""

import csv
import datetime
import io
import re

import openpyxl
from openpyxl.styles import Font, PatternFill

from makers.archive import settle
from makers.source import sheets


def write_xlsx(source, path):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets(source):
        fill_sheet(book.create_sheet(name), rows)
    book.properties.title = source.title
    book.properties.creator = source.attributes.get("owner", "")
    book.properties.created = datetime.datetime(2026, 11, 2, 8, 0, 0)
    buffer = io.BytesIO()
    book.save(buffer)
    settle(buffer.getvalue(), path)


def fill_sheet(sheet, rows):
    for row in rows:
        sheet.append([typed(cell) for cell in row])
    for column, cell in enumerate(sheet[1], 1):
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="DDEBE3")
        letter = openpyxl.utils.get_column_letter(column)
        sheet.column_dimensions[letter].width = min(60, 2 + max(len(row[column - 1]) for row in rows))
    for row in sheet.iter_rows(min_row=2):
        for cell in row:
            if isinstance(cell.value, int) and cell.column > 1:
                cell.number_format = '#,##0" kr"' if "kr" in rows[cell.row - 1][cell.column - 1] else "0"
    sheet.freeze_panes = "A2"


def typed(cell):
    """Amounts and counts as numbers, as a careful bookkeeper types them; everything else as text."""
    amount = re.fullmatch(r"(\d[\d ]*)( kr)?", cell)
    return int(amount.group(1).replace(" ", "")) if amount else cell


def write_csv(source, path):
    encoding = source.meta.get("kodning", "windows-1252")
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    for _, rows in sheets(source):
        writer.writerows(rows)
    path.write_bytes(buffer.getvalue().encode(encoding))
