#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "extract/detail/pdf_layout.hpp"
#include "extract/detail/pdf_table.hpp"

namespace kansli::extract::detail {

// A printed line of running text, or a row of a table.
struct Line {
    std::string text{};
    Box box{};
    double size = 0;  // height of its letters
    int page = 0;
    int block = 0;
    double column_right = 0;          // how far the column's lines reach
    const PrintedRow* row = nullptr;  // set for a row of a table, which has no text of its own

    [[nodiscard]] double height() const { return size; }
};

// The printed lines of a whole document in reading order, tables as rows among them, and its ordinary measures.
// Invariant: rows point into tables that live as long as this does.
class Lines {
  public:
    explicit Lines(const std::vector<Page>& pages);
    Lines(const Lines&) = delete;
    Lines& operator=(const Lines&) = delete;
    Lines(Lines&&) = delete;
    Lines& operator=(Lines&&) = delete;
    ~Lines() = default;

    [[nodiscard]] const std::vector<Line>& all() const { return lines_; }
    [[nodiscard]] double body_height() const {
        return body_height_;
    }  // of the letters of running text, points

    // Air between the lines of a paragraph, in line heights.
    [[nodiscard]] double leading() const { return leading_; }

    // 1 for the largest letters of the document, 2 for the next size, …; 0 for the body's own.
    [[nodiscard]] int rank(double height) const;

  private:
    void add_page(const Page& page);
    void add_run(const Run& run, int page, std::size_t first_line);
    void find_columns(std::size_t first_line);
    void measure();
    void measure_leading();

    std::vector<Line> lines_{};
    std::vector<std::vector<PrintedTable>> tables_{};
    std::vector<double> sizes_{};  // of headings, rising
    double body_height_ = 10;
    double leading_ = 0.2;
};

}  // namespace kansli::extract::detail
