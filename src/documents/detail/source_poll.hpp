#pragma once

#include <filesystem>
#include <set>
#include <stop_token>
#include <string>
#include <vector>

#include "core/result.hpp"
#include "core/time.hpp"
#include "documents/detail/source_folder.hpp"
#include "documents/detail/source_plan.hpp"
#include "documents/detail/source_rows.hpp"
#include "documents/sources.hpp"

namespace kansli::documents::detail {

struct PollTools {
    store::Database& database;
    Importer& importer;
    record::Record& record;
    Fetcher& fetcher;
    const std::filesystem::path& workspace;  // of this source alone
    const SourceList::Clock& clock;
};

// A file or page that is to be brought in, and what is to be remembered of it when that has gone well.
struct Candidate {
    ImportInput input{};
    ItemRow seen{};
};

// What is wrong and what to do about it; where is known.
[[nodiscard]] std::string in_words(const Error& error);

// One reading of one source. What has been read is remembered as it goes, so that a stop or a crash loses none of it.
class Poll {
  public:
    Poll(const PollTools& tools, Source source, const Importer::Progress& progress, std::stop_token stop);

    [[nodiscard]] Result<PollReport> run();

  private:
    [[nodiscard]] Result<void> read_folder();
    [[nodiscard]] Result<void> check_identity(const KnownItems& known, const FolderView& view);
    [[nodiscard]] Result<void> import_files(const FolderView& view, const std::vector<std::string>& names);

    [[nodiscard]] Result<void> read_pages();
    [[nodiscard]] Result<void> read_page(const std::string& address, const std::filesystem::path& target);
    [[nodiscard]] Result<void> page_failed(const ItemRow& known, const Error& error);
    [[nodiscard]] Result<void> page_unchanged(ItemRow known, const Fetched& fetched);
    [[nodiscard]] Result<void> import_page(const ItemRow& known, const Fetched& fetched, Candidate page);

    [[nodiscard]] Result<void> import(std::vector<Candidate> candidates, const ImportOptions& options);
    [[nodiscard]] Result<void> remember(store::Connection& connection, ItemRow item,
                                        const std::vector<const FileReport*>& reports);
    // Marks items as gone or back, with those of their documents that this concerns.
    [[nodiscard]] Result<void> move(const std::vector<std::string>& vanished,
                                    const std::vector<std::string>& back);
    [[nodiscard]] Result<void> let_go(store::Connection& connection,
                                      const std::vector<HeldDocument>& documents, const std::string& name);
    [[nodiscard]] Result<void> take_back(store::Connection& connection,
                                         const std::vector<HeldDocument>& documents, const std::string& name);
    [[nodiscard]] Result<void> note(store::Connection& connection, std::string_view kind,
                                    const DocumentId& document, const std::string& name);
    [[nodiscard]] Result<ItemRow> known_item(const std::string& name);
    [[nodiscard]] Failure stopped() const;
    [[nodiscard]] Result<void> check_stop() const;
    void trouble(const std::string& name, const std::string& problem);
    [[nodiscard]] Result<void> finish(const std::optional<std::string>& problem);
    [[nodiscard]] Result<std::optional<std::string>> problem();

    PollTools tools_;
    Source source_;
    const Importer::Progress& progress_;
    std::stop_token stop_;
    Timestamp moment_;
    PollReport report_{};
    std::vector<std::string>
        troubles_{};  // of this reading, that are remembered nowhere else: "name: problem"
    std::set<std::string, std::less<>> silent_{};  // hosts that do not answer
    std::string identity_{};                       // of the folder
};

}  // namespace kansli::documents::detail
