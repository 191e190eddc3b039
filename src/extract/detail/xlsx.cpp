#include <algorithm>
#include <charconv>
#include <string>
#include <string_view>
#include <vector>

#include "extract/detail/number_format.hpp"
#include "extract/detail/office.hpp"
#include "extract/detail/table.hpp"
#include "extract/detail/tidy.hpp"
#include "extract/detail/unicode.hpp"
#include "extract/detail/xml.hpp"

namespace kansli::extract::detail {

namespace {

constexpr std::size_t most_merges = 20'000;
constexpr int most_rows = 1'048'576;  // of a sheet in Excel

// Rows and columns that show one cell.
struct Merge {
    int first_row = 0;
    int last_row = 0;
    std::size_t column = 0;
    std::string shown{};
};

// "C12" -> column 2, row 12; what is missing stays as it was.
void read_reference(std::string_view reference, std::size_t& column, int& row) {
    std::size_t letters = 0;
    std::size_t number = 0;
    while (letters < reference.size() && reference[letters] >= 'A' && reference[letters] <= 'Z' &&
           letters < 3) {
        number = number * 26 + static_cast<std::size_t>(reference[letters] - 'A' + 1);
        ++letters;
    }
    if (number > 0) column = number - 1;
    std::from_chars(reference.data() + letters, reference.data() + reference.size(), row);
}

// The merged cells of a sheet while its rows go by from top to bottom.
class MergedCells {
  public:
    explicit MergedCells(std::vector<Merge> merges) : merges_(std::move(merges)) {
        std::ranges::stable_sort(merges_, {}, &Merge::first_row);
    }

    // A cell that spans rows shows in each of them.
    void apply(int row, std::vector<std::string>& cells) {
        std::erase_if(open_, [&](const Merge& merge) { return merge.last_row < row; });
        for (; next_ < merges_.size() && merges_[next_].first_row <= row; ++next_) {
            auto& merge = merges_[next_];
            if (merge.last_row < row || open_.size() >= most_columns) continue;
            if (merge.first_row == row && merge.column < cells.size()) merge.shown = cells[merge.column];
            open_.push_back(std::move(merge));
        }
        for (const auto& merge : open_) {
            if (merge.shown.empty()) continue;
            if (cells.size() <= merge.column) cells.resize(merge.column + 1);
            if (cells[merge.column].empty()) cells[merge.column] = merge.shown;
        }
    }

  private:
    std::vector<Merge> merges_;
    std::size_t next_ = 0;
    std::vector<Merge> open_{};  // those that the current row lies in
};

class Workbook {
  public:
    Workbook(Writer& writer, Parts& parts) : writer_(writer), parts_(parts) {}

    Result<void> read() {
        pugi::xml_document document;
        TRY(parse_xml(document, parts_["xl/workbook.xml"]));
        const auto root = document.document_element();
        const auto flag = attribute(child(root, "workbookPr"), "date1904");
        if (flag == "1" || flag == "true") days_ = DayCount::from_1904;
        read_strings();
        read_styles();
        const auto relations = read_relations(parts_, "xl/workbook.xml");
        for (const auto sheet : child(root, "sheets").children()) {
            if (writer_.full()) break;
            const std::string name(attribute(sheet, "name"));
            if (attribute(sheet, "state").ends_with("idden")) {  // hidden, veryHidden
                writer_.warn("Det dolda bladet ”" + tidy(cut(name, 100)) + "” lästes inte.");
                continue;
            }
            const auto target = relations.find(sheet.attribute("r:id").value());
            const auto part = target == relations.end() ? parts_.end() : parts_.find(target->second);
            if (part != parts_.end()) TRY(read_sheet(name, part->second));
        }
        return {};
    }

  private:
    void read_strings() {
        const auto part = parts_.find("xl/sharedStrings.xml");
        if (part == parts_.end()) return;
        pugi::xml_document document;
        if (!parse_xml(document, part->second)) return;
        for (const auto item : document.document_element().children())
            strings_.push_back(rich_text(item));
    }

    static std::string rich_text(pugi::xml_node item) {
        std::string text;
        for (const auto node : item.children()) {
            if (local_name(node) == "t") text.append(node.child_value());
            if (local_name(node) == "r") text.append(child(node, "t").child_value());
        }
        return text;
    }

    void read_styles() {
        const auto part = parts_.find("xl/styles.xml");
        if (part == parts_.end()) return;
        pugi::xml_document document;
        if (!parse_xml(document, part->second)) return;
        const auto root = document.document_element();
        std::map<int, std::string> own;
        for (const auto format : child(root, "numFmts").children()) {
            own.emplace(number_attribute(format, "numFmtId", 0), attribute(format, "formatCode"));
        }
        for (const auto style : child(root, "cellXfs").children()) {
            const int id = number_attribute(style, "numFmtId", 0);
            const auto found = own.find(id);
            formats_.push_back(found == own.end() ? std::string(built_in_format(id)) : found->second);
        }
    }

    Result<void> read_sheet(const std::string& name, std::string& xml) {
        pugi::xml_document document;
        TRY(parse_xml(document, xml));
        const auto root = document.document_element();
        Block heading{.kind = BlockKind::heading, .level = 1, .sheet = tidy(name)};
        heading.text = heading.sheet;
        SheetTable table(writer_, heading.sheet);
        MergedCells merges(read_merges(root));
        writer_.add(std::move(heading));
        int number = 0;
        for (const auto row : child(root, "sheetData").children()) {
            number = std::clamp(number_attribute(row, "r", number + 1), 1, most_rows);
            table.row(number, read_row(row, number, merges));
            if (writer_.full()) break;
        }
        table.finish();
        return {};
    }

    static std::vector<Merge> read_merges(pugi::xml_node root) {
        std::vector<Merge> merges;
        for (const auto node : child(root, "mergeCells").children()) {
            const auto reference = attribute(node, "ref");
            const auto colon = reference.find(':');
            if (colon == std::string_view::npos || merges.size() >= most_merges) continue;
            Merge merge;
            std::size_t last_column = 0;
            read_reference(reference.substr(0, colon), merge.column, merge.first_row);
            read_reference(reference.substr(colon + 1), last_column, merge.last_row);
            if (merge.last_row > merge.first_row && merge.column < most_columns)
                merges.push_back(std::move(merge));
        }
        return merges;
    }

    std::vector<std::string> read_row(pugi::xml_node row, int number, MergedCells& merges) {
        std::vector<std::string> cells;
        std::size_t column = 0;
        for (const auto cell : row.children()) {
            int ignored = 0;
            read_reference(attribute(cell, "r"), column, ignored);
            if (column >= most_columns) break;
            auto text = shown(cell);
            if (!text.empty()) {
                if (cells.size() <= column) cells.resize(column + 1);
                cells[column] = std::move(text);
            }
            ++column;
        }
        merges.apply(number, cells);
        return cells;
    }

    [[nodiscard]] std::string shown(pugi::xml_node cell) const {
        const auto type = attribute(cell, "t");
        if (type == "inlineStr") return rich_text(child(cell, "is"));
        const std::string_view value = child(cell, "v").child_value();
        if (value.empty()) return {};
        if (type == "s") {
            std::size_t index = strings_.size();
            std::from_chars(value.data(), value.data() + value.size(), index);
            return index < strings_.size() ? strings_[index] : std::string();
        }
        if (type == "b") return value == "1" ? "SANT" : "FALSKT";
        if (type == "str" || type == "e") return std::string(value);
        if (type == "d")
            return std::string(value.substr(0, value.ends_with("T00:00:00") ? 10 : value.size()));
        double number = 0;
        const auto [end, status] = std::from_chars(value.data(), value.data() + value.size(), number);
        if (status != std::errc()) return std::string(value);
        const auto style = static_cast<std::size_t>(std::max(number_attribute(cell, "s", 0), 0));
        return shown_number(number, style < formats_.size() ? formats_[style] : "General", days_);
    }

    Writer& writer_;
    Parts& parts_;
    DayCount days_ = DayCount::from_1900;
    std::vector<std::string> strings_{};
    std::vector<std::string> formats_{};
};

}  // namespace

Result<Extract> read_xlsx(const Container& container, const Limits& limits) {
    auto parts = TRY(container.load(
        [](std::string_view name) {
            return name == "xl/workbook.xml" || name == "xl/_rels/workbook.xml.rels" ||
                   name == "xl/sharedStrings.xml" || name == "xl/styles.xml" || name == "docProps/core.xml" ||
                   name.starts_with("xl/worksheets/sheet");
        },
        largest_part));
    Writer writer("xlsx", limits);
    if (const auto core = parts.find("docProps/core.xml"); core != parts.end())
        read_properties(writer, core->second);
    TRY(Workbook(writer, parts).read());
    return std::move(writer).finish();
}

}  // namespace kansli::extract::detail
