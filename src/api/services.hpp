#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "access/people.hpp"
#include "assistants/answer.hpp"
#include "core/time.hpp"
#include "documents/library.hpp"
#include "documents/sources.hpp"
#include "http/event_hub.hpp"
#include "jobs/queue.hpp"
#include "record/record.hpp"
#include "search/searcher.hpp"

namespace kansli::api {

inline constexpr std::string_view rebuild_job = "rebuild_index";
inline constexpr std::string_view sync_job = "sync_index";
inline constexpr std::string_view poll_job = "poll_source";

// How the index is: "ready", or "rebuilding" with the share that is done.
struct IndexStatus {
    std::string state{};
    double progress = 1;
    std::int64_t sections = 0;
};

// The topic of the event hub that carries what concerns one person.
[[nodiscard]] inline std::string topic_of(const std::string& user) {
    return "user:" + user;
}

// Everything the handlers work on, built by the composition root, which also outlives them.
struct Services {
    access::People& people;
    documents::Library& library;
    documents::SourceList& sources;

    search::Searcher& searcher;
    assistants::Answerer& answerer;
    record::Record& record;
    jobs::Queue& queue;
    http::EventHub& events;
    // A picture of one page of a version, made when it is first asked for.
    std::function<Result<std::filesystem::path>(const access::Caller&, const documents::VersionId&, int page)>
        page_image;
    std::function<Result<IndexStatus>()> index_status;
    std::string municipality{};
    std::string base_url{};  // as browsers reach us, without a slash at the end
    std::vector<std::string> allowed_hosts{};
    std::filesystem::path upload_folder{};
    bool secure_cookies = false;  // behind TLS
};

}  // namespace kansli::api
