#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include "core/file.hpp"
#include "search/lexical_index.hpp"
#include "search/memory_material.hpp"

// What the tests of this room build their cases from.
namespace kansli::search::test {

struct Part {
    std::string path{};  // also the heading
    std::string text{};
};

// A document of one level of sections below the document itself.
inline documents::ReadDocument text_document(const std::string& title, const std::vector<Part>& parts) {
    documents::ReadDocument document;
    document.attributes.title = title;
    documents::Section whole;
    document.sections.push_back(whole);
    for (const Part& part : parts) {
        documents::Section section;
        section.ordinal = static_cast<int>(document.sections.size());
        section.parent = 0;
        section.level = 1;
        section.path = part.path;
        section.heading = part.path;
        section.trail = {part.path};
        section.start = document.text.size();
        document.text += part.path + "\n\n";
        section.body = document.text.size();
        document.text += part.text + "\n\n";
        section.end = document.text.size();
        document.sections.push_back(section);
    }
    return document;
}

// A folder in memory where there is one: these tests commit hundreds of times, and none of them is about the disk.
inline TemporaryFolder quick_folder() {
    const std::filesystem::path memory = "/dev/shm";
    return TemporaryFolder::create(std::filesystem::is_directory(memory) ? memory : std::filesystem::path())
        .value();
}

// An index in a folder of its own, with the material that it is derived from.
class TestHouse {
  public:
    explicit TestHouse(Weights weights = {}) : weights_(weights), folder_(quick_folder()) { open(); }

    void open() { index_ = another_index(); }
    void close() { index_.reset(); }

    [[nodiscard]] std::unique_ptr<LexicalIndex> another_index() {
        auto opened = LexicalIndex::open({.folder = folder_.path() / "index",
                                          .words = words(),
                                          .weights = weights_,
                                          .patience = std::chrono::milliseconds(50)},
                                         material_);
        REQUIRE_MESSAGE(opened, to_line(opened.error()));
        return std::move(*opened);
    }

    std::uint32_t add(documents::ReadDocument document, documents::CatalogueEntry entry = {}) {
        const std::uint32_t number = material_.put(std::move(entry), document);
        const auto added = index_->add(number, document, material_.placing_of(number));
        REQUIRE_MESSAGE(added, to_line(added.error()));
        const auto committed = index_->commit();
        REQUIRE_MESSAGE(committed, to_line(committed.error()));
        return number;
    }

    static Date day(std::string_view text) { return parse_date(text).value(); }
    static access::Caller reader(std::vector<std::string> groups = {}) {
        access::Caller caller;
        caller.groups = std::move(groups);
        return caller;
    }
    static Query query(std::string words) {
        Query query;
        query.words = std::move(words);
        query.as_of = day("2026-11-22");
        return query;
    }

    [[nodiscard]] Results find(const access::Caller& caller, const Query& query) {
        auto found = index_->search(caller, query);
        REQUIRE_MESSAGE(found, to_line(found.error()));
        return *std::move(found);
    }
    [[nodiscard]] Results find(const Query& query, std::vector<std::string> groups = {}) {
        return find(reader(std::move(groups)), query);
    }
    [[nodiscard]] Results find(std::string words, std::vector<std::string> groups = {}) {
        return find(query(std::move(words)), std::move(groups));
    }

    [[nodiscard]] LexicalIndex& index() { return *index_; }
    [[nodiscard]] MemoryMaterial& material() { return material_; }
    [[nodiscard]] std::filesystem::path folder() const { return folder_.path() / "index"; }

  private:
    // Read once for all tests: it takes longer than most of them.
    static std::shared_ptr<const text::CompoundSplitter> words() {
        static const auto read = std::make_shared<const text::CompoundSplitter>(
            text::CompoundSplitter::create(IndexSettings{}.word_list).value());
        return read;
    }

    Weights weights_;
    TemporaryFolder folder_;
    MemoryMaterial material_{};
    std::unique_ptr<LexicalIndex> index_{};
};

}  // namespace kansli::search::test
