#pragma once

#include <string>
#include <utility>
#include <vector>

#include "extract/detail/writer.hpp"

namespace kansli::extract::detail {

// The rows of one sheet on their way to blocks. The first row that looks like column names gives the names by
// which the cells of later rows are told: "Åtgärd: Bygglov altan | Avgift: 4 500 kr". Threads: one instance,
// one thread.
class SheetTable {
  public:
    SheetTable(Writer& writer, std::string sheet) : writer_(writer), sheet_(std::move(sheet)) {}

    // Takes the next row; `number` as the spreadsheet program shows it. Empty rows only end a table.
    void row(int number, std::vector<std::string> cells);
    void finish();

  private:
    struct Row {
        int number = 0;
        std::vector<std::string> cells{};
    };

    void decide();
    void write(const Row& row);
    [[nodiscard]] static bool looks_like_names(const Row& row);

    Writer& writer_;
    std::string sheet_;
    std::vector<Row> waiting_{};  // rows seen before it is known which one names the columns
    std::vector<std::string> names_{};
    bool decided_ = false;
};

}  // namespace kansli::extract::detail
