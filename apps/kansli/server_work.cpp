#include "server_work.hpp"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

#include "api/desk_messages.hpp"
#include "api/imports.hpp"
#include "api/messages.hpp"
#include "core/log.hpp"
#include "desk/digests.hpp"
#include "desk/evidence.hpp"
#include "json/binder.hpp"

namespace kansli::app {

namespace {

using namespace std::chrono_literals;

constexpr int job_workers = 2;
constexpr auto order_pause = 30s;

// Replaces the report of a file, or adds it when it is the first (members of an archive turn up on the way).
void note(api::ImportProgress& progress, const documents::FileReport& report) {
    const auto place = std::ranges::find(progress.files, report.name, &api::ImportedFile::name);
    if (place == progress.files.end()) {
        progress.files.push_back(api::view(report));
    } else {
        *place = api::view(report);
    }
}

std::vector<std::string> page_worker(const House& house) {
    return {"/proc/self/exe", "page-worker", house.folder.files().string(), house.folder.pages().string()};
}

// What was uploaded is in the library by now, or never will be.
void discard_uploads(const jobs::Job& job) {
    const auto payload = json::read<api::ImportPayload>(job.payload);
    if (!payload) return;
    for (const auto& file : payload->files) {
        std::error_code ignored;
        std::filesystem::remove(file.path, ignored);
    }
}

}  // namespace

ServerWork::ServerWork(House& house, http::EventHub& events, Metrics& metrics, openid::Provider* provider)
    : house_(house),
      events_(events),
      queue_(*house.database, house.folder.path()),
      page_images_(*house.library, house.folder.pages(), page_worker(house)),
      mail_(house.settings.mail),
      services_{.people = house.people,
                .organisation = house.organisation,
                .credentials = house.credentials,
                .sign_in = house.sign_in,
                .sessions = house.sessions,
                .keys = house.keys,
                .external_sign_in = house.external_sign_in,
                .provisioning = house.provisioning,
                .openid = provider,
                .library = *house.library,
                .sources = house.sources,
                .searcher = house.search,
                .answerer = house.answerer,
                .glossary = *house.glossary,
                .record = house.record,
                .checkpoints = house.checkpoints,
                .desk = house.desk,
                .sampling = house.sampling,
                .measures = house.measures,
                .experiments = house.experiments,
                .survey = house.survey,
                .digests = house.digests,
                .mail = mail_,
                .retention = house.retention,
                .release = house.release,
                .subjects = house.subjects,
                .queue = queue_,
                .events = events,
                .page_image = [this](const access::Caller& caller, const documents::VersionId& version,
                                     int page) { return page_images_.image(caller, version, page); },
                .index_status = [this] { return index_status(); },
                .metrics = metrics,
                .municipality = house.settings.municipality,
                .openid_label = house.settings.openid.label,
                .allowed_hosts = house.settings.allowed_hosts,
                .metrics_from = house.settings.metrics_from,
                .upload_folder = house.folder.uploads(),
                .energy_metered = house.meter.can_read(),
                .secure_cookies = house.settings.public_url.starts_with("https://"),
                .proxy_header = {house.settings.proxy_user_header, house.settings.proxy_addresses}} {
    queue_.register_handler(std::string(api::import_job),
                            [this](auto& context) { return run_import(context); });
    queue_.register_handler(std::string(api::rebuild_job),
                            [this](auto& context) { return rebuild_index(context); });
    queue_.register_handler(std::string(api::sync_job),
                            [this](auto& context) { return sync_index(context); });
    queue_.register_handler(std::string(api::poll_job),
                            [this](auto& context) { return poll_source(context); });
    queue_.register_handler(std::string(api::wipe_job), [this](auto& /*context*/) -> Result<std::string> {
        TRY(house_.retention.finish());
        return std::string("{}");
    });
    queue_.register_handler(std::string(resume_job),
                            [this](auto& context) { return resume_imports(context); });
    queue_.register_handler(std::string(api::mail_job),
                            [this](auto& context) { return send_decision(context); });
    queue_.register_handler(std::string(digest_job), [this](auto& context) { return send_digests(context); });
}

ServerWork::~ServerWork() {
    stop();
}

Result<void> ServerWork::start(const std::string& base_url) {
    services_.base_url = base_url;
    subscription_ = queue_.on_change([this](const jobs::Job& job) { publish(job); });
    TRY(queue_.add({.kind = std::string(resume_job), .payload = "{}"}));
    if (TRY(house_.retention.unfinished()))
        TRY(queue_.add({.kind = std::string(api::wipe_job), .payload = "{}"}));
    TRY(queue_.start(job_workers));
    orders_ = std::jthread([this](const std::stop_token& stop) { order_work(stop); });
    return {};
}

void ServerWork::stop() {
    orders_ = {};
    queue_.stop();
    subscription_.reset();
}

Result<std::string> ServerWork::run_import(jobs::JobContext& context) {
    const auto payload = TRY(json::read<api::ImportPayload>(context.job().payload));
    const auto caller = TRY(house_.people.caller_of_user(access::UserId{context.job().owner}));
    api::ImportProgress progress;
    std::vector<documents::ImportInput> inputs;
    for (const auto& file : payload.files) {
        progress.files.push_back({.name = file.name});
        inputs.push_back({.path = file.path, .name = file.name});
    }
    const auto told = [&](const documents::FileReport& report) {
        note(progress, report);
        context.progress(json::write(progress));
    };
    const auto reports =
        TRY(house_.importer.import(caller, inputs, api::options_of(payload.form), told, context.stop()));
    for (const auto& report : reports)
        note(progress, report);
    if (context.stop().stop_requested()) {
        context.progress(json::write(progress));
        return fail(ErrorCode::cancelled, "Importen avbröts.");
    }
    // Sidecars came in with the files that they describe, and are told of there.
    std::erase_if(progress.files, [](const api::ImportedFile& file) {
        return file.state == documents::FileState::waiting && file.name.ends_with(".toml");
    });
    // A new version with other limits than its document had moves the old ones.
    TRY(sync_index(context));
    return json::write(progress);
}

// Batches of the command line that a crash cut off. Those of the server are jobs, which the queue takes up again itself.
Result<std::string> ServerWork::resume_imports(jobs::JobContext& context) {
    TRY(house_.importer.resume([](const documents::FileReport&) {}, context.stop()));
    return sync_index(context);
}

Result<std::string> ServerWork::sync_index(jobs::JobContext& context) {
    if (TRY(house_.index->is_out_of_step())) TRY(house_.index->sync({}, context.stop()));
    return std::string("{}");
}

Result<std::string> ServerWork::poll_source(jobs::JobContext& context) {
    const auto payload = TRY(json::read<api::PollPayload>(context.job().payload));
    return json::write(TRY(house_.sources.poll(payload.source, {}, context.stop())));
}

Result<std::string> ServerWork::rebuild_index(jobs::JobContext& context) {
    rebuilding_ = true;
    const auto done = house_.index->rebuild(
        [&](std::int64_t ready, std::int64_t all) {
            rebuilt_share_ = all == 0 ? 1 : static_cast<double>(ready) / static_cast<double>(all);
            context.progress(json::write(api::IndexView{"rebuilding", rebuilt_share_}));
        },
        context.stop());
    rebuilding_ = false;
    if (!done) return Failure(done.error());
    return std::string("{}");
}

Result<api::IndexStatus> ServerWork::index_status() {
    const auto statistics = TRY(house_.index->statistics());
    const bool rebuilding = rebuilding_;
    return api::IndexStatus{rebuilding ? "rebuilding" : "ready", rebuilding ? rebuilt_share_.load() : 1.0,
                            statistics.sections};
}

// Tells the person whose job it is.
void ServerWork::publish(const jobs::Job& job) {
    const bool ended = job.state != jobs::JobState::waiting && job.state != jobs::JobState::running;
    if (job.kind == api::import_job && ended) discard_uploads(job);
    if (job.owner.empty()) return;
    if (job.kind == api::import_job) {
        events_.publish(api::topic_of(job.owner), {"import", json::write(api::view(job)), ""});
    } else if (job.kind == api::rebuild_job) {
        const bool running = job.state == jobs::JobState::running;
        events_.publish(api::topic_of(job.owner),
                        {"index",
                         json::write(api::IndexView{running ? "rebuilding" : "ready",
                                                    running ? rebuilt_share_.load() : 1}),
                         ""});
    }
}

// A decision by mail. What may pass is tried again by the queue; what does not is noted with the delivery, for the page to show.
Result<std::string> ServerWork::send_decision(jobs::JobContext& context) {
    const auto payload = TRY(json::read<api::MailPayload>(context.job().payload));
    const desk::ProposalId id(payload.proposal);
    const auto send = [&]() -> Result<void> {
        const auto proposal = TRY(house_.desk.proposal(access::keeper(), id));
        const auto decision = TRY(house_.desk.decision(access::keeper(), id));
        return mail_.send({.to = payload.to,
                           .subject = proposal.made.title,
                           .text = TRY(desk::as_text(decision, proposal))});
    };
    const auto sent = send();
    const bool may_pass = !sent && sent.error().code == ErrorCode::unavailable;
    if (may_pass && context.job().attempts < jobs::RetryPolicy{}.attempts) return Failure(sent.error());
    TRY(house_.desk.delivery_ended(desk::DeliveryId(payload.delivery),
                                   sent ? std::nullopt : std::optional(sent.error())));
    api::tell_desk(services_, id, access::UserId(context.job().owner));
    return std::string("{}");
}

Result<void> ServerWork::send_digest(const desk::Subscriber& subscriber, Date today) {
    const auto caller = TRY(house_.people.caller_of_user(subscriber.person));
    const auto waiting = TRY(house_.desk.waiting(caller, {}));
    if (const auto text =
            desk::digest_of(waiting, house_.desk.kinds(), today, services_.base_url + "/inkorg"))
        TRY(mail_.send({.to = subscriber.address, .subject = text->subject, .text = text->text}));
    return house_.digests.sent(subscriber.person, today);
}

// One person's fault (disabled, a wrong address) does not keep the others from their mail.
Result<std::string> ServerWork::send_digests(jobs::JobContext& context) {
    const auto moment = now();
    for (const auto& subscriber : TRY(house_.digests.all())) {
        if (context.stop().stop_requested()) return fail(ErrorCode::cancelled, "Utskicket avbröts.");
        const auto today = day_in_sweden(moment);
        if (!desk::is_due(subscriber, today, hour_in_sweden(moment))) continue;
        const auto sent = send_digest(subscriber, today);
        if (!sent && sent.error().code == ErrorCode::unavailable) return Failure(sent.error());
        if (!sent) TRY(house_.digests.sent(subscriber.person, today));
    }
    return std::string("{}");
}

// A source whose interval has passed becomes a job, one at a time.
void ServerWork::order_poll() {
    const auto waiting = queue_.list({.kind = std::string(api::poll_job), .unfinished = true, .limit = 1});
    if (!waiting || !waiting->empty()) return;
    const auto due = house_.sources.due(now());
    if (!due || due->empty()) return;
    const auto added = queue_.add(
        {.kind = std::string(api::poll_job), .payload = json::write(api::PollPayload{due->front()})});
    if (!added) log::warning("En källa kan inte läsas av: {}", to_line(added.error()));
}

void ServerWork::order_digests() {
    if (!mail_.configured()) return;
    const auto moment = now();
    const auto subscribers = house_.digests.all();
    if (!subscribers || std::ranges::none_of(*subscribers, [&](const desk::Subscriber& subscriber) {
            return desk::is_due(subscriber, day_in_sweden(moment), hour_in_sweden(moment));
        }))
        return;
    const auto waiting = queue_.list({.kind = std::string(digest_job), .unfinished = true, .limit = 1});
    if (!waiting || !waiting->empty()) return;
    const auto added = queue_.add({.kind = std::string(digest_job), .payload = "{}"});
    if (!added) log::warning("Sammanfattningarna kan inte skickas: {}", to_line(added.error()));
}

void ServerWork::order_work(const std::stop_token& stop) {
    std::mutex mutex;
    std::condition_variable_any wake;
    std::unique_lock lock(mutex);
    while (!stop.stop_requested()) {
        order_poll();
        order_digests();
        wake.wait_for(lock, stop, order_pause, [] { return false; });
    }
}

}  // namespace kansli::app
