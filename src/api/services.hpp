#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "access/api_keys.hpp"
#include "access/credentials.hpp"
#include "access/external_sign_in.hpp"
#include "access/organisation.hpp"
#include "access/people.hpp"
#include "access/provisioning.hpp"
#include "access/sessions.hpp"
#include "access/sign_in.hpp"
#include "api/proxy_header.hpp"
#include "archive/release.hpp"
#include "archive/retention.hpp"
#include "archive/subject_rights.hpp"
#include "assistants/answer.hpp"
#include "core/metrics.hpp"
#include "core/time.hpp"
#include "desk/desk.hpp"
#include "desk/digests.hpp"
#include "desk/sampling.hpp"
#include "documents/library.hpp"
#include "documents/sources.hpp"
#include "glossary/glossary.hpp"
#include "http/event_hub.hpp"
#include "http/mail.hpp"
#include "jobs/queue.hpp"
#include "measures/experiment.hpp"
#include "measures/measures.hpp"
#include "measures/survey.hpp"
#include "openid/provider.hpp"
#include "record/checkpoints.hpp"
#include "record/record.hpp"
#include "search/searcher.hpp"

namespace kansli::api {

inline constexpr std::string_view rebuild_job = "rebuild_index";
inline constexpr std::string_view sync_job = "sync_index";
inline constexpr std::string_view poll_job = "poll_source";
inline constexpr std::string_view mail_job = "send_decision";

// The topic of the event hub that tells that something on the desk has changed. It carries ids alone.
inline constexpr std::string_view desk_topic = "desk";
inline constexpr std::string_view wipe_job = "finish_retention";

// How many questions came to which end.
inline constexpr std::string_view answers_metric = "kansli_answers_total";

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
    access::Organisation& organisation;
    access::Credentials& credentials;
    access::SignIn& sign_in;
    access::Sessions& sessions;
    access::ApiKeys& keys;
    access::ExternalSignIn& external_sign_in;
    access::Provisioning& provisioning;
    openid::Provider* openid = nullptr;  // the organisation's identity provider; null: none
    documents::Library& library;
    documents::SourceList& sources;

    search::Searcher& searcher;
    assistants::Answerer& answerer;
    glossary::Glossary& glossary;
    record::Record& record;
    record::Checkpoints& checkpoints;
    desk::Desk& desk;
    desk::Sampling& sampling;
    measures::Measures& measures;
    measures::Experiments& experiments;
    measures::Survey& survey;
    desk::Digests& digests;
    const http::MailClient& mail;
    archive::Retention& retention;
    archive::Release& release;
    archive::SubjectRights& subjects;
    jobs::Queue& queue;
    http::EventHub& events;
    // A picture of one page of a version, made when it is first asked for.
    std::function<Result<std::filesystem::path>(const access::Caller&, const documents::VersionId&, int page)>
        page_image;
    std::function<Result<IndexStatus>()> index_status;
    Metrics& metrics;
    std::string municipality{};
    std::string openid_label{};  // of the button that leads to the identity provider
    std::string base_url{};      // as browsers reach us, without a slash at the end
    std::vector<std::string> allowed_hosts{};
    std::vector<std::string> metrics_from{};  // addresses that may read the figures without signing in
    std::filesystem::path upload_folder{};
    bool energy_metered = false;  // the processor's energy counters can be read
    bool secure_cookies = false;  // behind TLS
    ProxyHeader proxy_header{};
};

}  // namespace kansli::api
