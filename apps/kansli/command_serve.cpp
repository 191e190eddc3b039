#include <chrono>
#include <csignal>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

#include <fmt/format.h>

#include "api/mount.hpp"
#include "api/problem.hpp"
#include "api/routes.hpp"
#include "checkpoint_keeper.hpp"
#include "commands.hpp"
#include "core/log.hpp"
#include "core/metrics.hpp"
#include "house.hpp"
#include "http/event_hub.hpp"
#include "http/server.hpp"
#include "http/static_files.hpp"
#include "identity_provider.hpp"
#include "server_work.hpp"

namespace kansli::app {

namespace {

struct ServeOptions {
    std::string data{};
    std::uint16_t port = 8480;
    std::string log{};  // empty: as the settings say
};

// Nothing but our own files runs or is shown in the page, and no other site may frame it.
constexpr std::string_view content_policy =
    "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; frame-ancestors "
    "'none'; "
    "form-action 'self'";

void add_headers(http::Server& server) {
    server.add_header("Content-Security-Policy", std::string(content_policy));
    server.add_header("X-Content-Type-Options", "nosniff");
    server.add_header("Referrer-Policy", "no-referrer");
    server.add_header("Cross-Origin-Opener-Policy", "same-origin");
    server.add_header("Cross-Origin-Resource-Policy", "same-origin");
}

// Blocks the signals that end the program in this thread and those it starts, and waits for one.
class EndOfService {
  public:
    EndOfService() {
        sigemptyset(&signals_);
        sigaddset(&signals_, SIGINT);
        sigaddset(&signals_, SIGTERM);
        pthread_sigmask(SIG_BLOCK, &signals_, nullptr);
    }
    void wait() const {
        int signal = 0;
        sigwait(&signals_, &signal);
    }

  private:
    sigset_t signals_{};
};

Result<void> print_welcome(House& house, const std::string& base_url) {
    fmt::print("Kansli {} för {}\n\n  Adress:             {}/\n", KANSLI_VERSION, house.settings.municipality,
               base_url);
    const auto noted = [&](store::Connection& connection, const access::User& user) -> Result<void> {
        TRY(house.record.append(connection, access::keeper(), "sign_in_link_made", user.id.str(), "{}",
                                now()));
        return {};
    };
    if (const auto link = TRY(house.credentials.first_administrator_link(noted))) {
        fmt::print("  Första inloggning:  {}/in/{}\n                      (gäller en gång, i 24 timmar)\n",
                   base_url, link->token);
    }
    fmt::print("\nAvsluta med Ctrl-C.\n");
    std::fflush(stdout);
    return {};
}

Result<void> serve(const ServeOptions& options) {
    const EndOfService end_of_service;
    const auto house = TRY(House::open(options.data));
    log::set_format(TRY(log_format(options.log.empty() ? house->settings.log : options.log)));
    Metrics metrics;
    api::declare_metrics(metrics);
    http::EventHub events;
    const auto provider = TRY(identity_provider(house->settings));
    ServerWork work(*house, events, metrics, provider.get());
    http::Server server({.address = house->settings.address,
                         .port = options.port,
                         .upload_folder = house->folder.uploads(),
                         .trusted_proxies = house->settings.proxy_addresses});
    add_headers(server);
    server.on_error(api::problem);
    server.count_in(metrics);
    server.fallback(http::static_files(shared_files() / "web" / "dist", [](http::Request& request) {
        return api::problem({ErrorCode::not_found, "Sidan finns inte.", "", ""}, request.id);
    }));
    const auto table = api::all_routes();
    api::mount(server, table, work.services());
    TRY(server.start());
    const auto base_url = house->settings.public_url.empty()
                              ? fmt::format("http://127.0.0.1:{}", server.port())
                              : house->settings.public_url;
    TRY(work.start(base_url));
    const CheckpointKeeper keeper(house->checkpoints, house->settings.checkpoints);
    TRY(print_welcome(*house, base_url));
    const std::jthread warming([&index = *house->index] { index.warm_up(); });
    end_of_service.wait();
    log::info("Avslutar.");
    server.stop();
    work.stop();
    return {};
}

}  // namespace

void add_serve(CLI::App& program, Runner& runner) {
    auto* command = program.add_subcommand("serve", "Starta servern");
    auto options = std::make_shared<ServeOptions>();
    add_data_option(*command, options->data);
    command->add_option("--port", options->port, "Port; 0 tar en ledig")->capture_default_str();
    command->add_option("--log", options->log, "Loggens form: text eller json; annars som i kansli.toml")
        ->type_name("FORM");
    command->callback([options, &runner] { runner.run([&] { return serve(*options); }); });
}

}  // namespace kansli::app
