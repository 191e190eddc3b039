#pragma once

#include <atomic>
#include <memory>
#include <string>
#include <thread>

#include "api/services.hpp"
#include "documents/page_images.hpp"
#include "house.hpp"
#include "http/event_hub.hpp"
#include "http/mail.hpp"
#include "jobs/queue.hpp"

namespace kansli::app {

// What a running server does besides answering: imports, polling of sources, rebuilding of the index, mails.
// Threads: start() and stop() from one thread; the work runs on the queue's own.
class ServerWork {
  public:
    // `provider`: the organisation's identity provider, which outlives this; null: none.
    ServerWork(House& house, http::EventHub& events, Metrics& metrics, openid::Provider* provider);
    ~ServerWork();
    ServerWork(const ServerWork&) = delete;
    ServerWork& operator=(const ServerWork&) = delete;

    [[nodiscard]] api::Services& services() { return services_; }

    // Takes up what an earlier run left, then new work as it comes. `base_url`: as browsers reach us.
    [[nodiscard]] Result<void> start(const std::string& base_url);
    void stop();

  private:
    static constexpr std::string_view resume_job = "resume_imports";
    static constexpr std::string_view digest_job = "send_digests";

    Result<std::string> run_import(jobs::JobContext& context);
    Result<std::string> rebuild_index(jobs::JobContext& context);
    Result<std::string> poll_source(jobs::JobContext& context);
    Result<std::string> resume_imports(jobs::JobContext& context);
    // Brings the index in step with who may read what.
    Result<std::string> sync_index(jobs::JobContext& context);
    Result<std::string> send_decision(jobs::JobContext& context);
    Result<std::string> send_digests(jobs::JobContext& context);
    Result<void> send_digest(const desk::Subscriber& subscriber, Date today);
    void order_work(const std::stop_token& stop);
    void order_poll();
    void order_digests();
    Result<api::IndexStatus> index_status();
    void publish(const jobs::Job& job);

    House& house_;
    http::EventHub& events_;
    jobs::Queue queue_;
    documents::PageImages page_images_;
    http::MailClient mail_;
    std::atomic<bool> rebuilding_{false};
    std::atomic<double> rebuilt_share_{1};
    api::Services services_;
    jobs::Subscription subscription_{};
    std::jthread orders_{};  // last, so that it ends first
};

}  // namespace kansli::app
