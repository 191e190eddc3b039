#include "http/client.hpp"

#include <algorithm>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>

#include <curl/curl.h>
#include <fmt/format.h>
#include <sys/socket.h>
#include <unistd.h>

#include "http/detail/address.hpp"
#include "http/detail/ascii.hpp"

namespace kansli::http {

namespace {

struct CurlFree {
    void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
    void operator()(CURLU* url) const { curl_url_cleanup(url); }
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
    void operator()(char* text) const { curl_free(text); }
};
template <typename T>
using Owned = std::unique_ptr<T, CurlFree>;

// An address that has been looked at: libcurl reads it the same way when it connects.
struct Place {
    std::string address{};
    std::string host{};
    bool internal = false;
};

std::string part_of(CURLU* url, CURLUPart part) {
    char* text = nullptr;
    if (curl_url_get(url, part, &text, 0) != CURLUE_OK) return {};
    const Owned<char> owner(text);
    return text;
}

Failure not_allowed(std::string message, const std::string& address) {
    return fail(ErrorCode::forbidden, std::move(message), address,
                "En administratör kan lägga till webbplatsen i inställningarna.");
}

bool contains(const std::vector<std::string>& names, std::string_view host) {
    return std::ranges::any_of(names,
                               [&](const std::string& name) { return detail::equal_names(name, host); });
}

// The place that `address` means, seen from `base` when it is a redirect's.
Result<Place> check_place(const AllowedHosts& allowed, const std::string& base, const std::string& address) {
    const Owned<CURLU> url(curl_url());
    if (!base.empty()) curl_url_set(url.get(), CURLUPART_URL, base.c_str(), 0);
    if (address.size() > 4000 || curl_url_set(url.get(), CURLUPART_URL, address.c_str(), 0) != CURLUE_OK) {
        return fail(ErrorCode::invalid_input, "Webbadressen är inte giltig.", address);
    }
    const auto scheme = part_of(url.get(), CURLUPART_SCHEME);
    if (scheme != "http" && scheme != "https")
        return not_allowed("Bara http och https är tillåtna.", address);
    if (!part_of(url.get(), CURLUPART_USER).empty() || !part_of(url.get(), CURLUPART_PASSWORD).empty()) {
        return not_allowed("Webbadressen får inte innehålla användarnamn eller lösenord.", address);
    }
    Place place;
    place.host = part_of(url.get(), CURLUPART_HOST);
    if (place.host.starts_with('[')) place.host = place.host.substr(1, place.host.size() - 2);
    if (place.host.ends_with('.')) place.host.pop_back();
    place.internal = contains(allowed.internal, place.host);
    if (!place.internal && !contains(allowed.hosts, place.host)) {
        return not_allowed(fmt::format("Webbplatsen {} är inte tillåten.", place.host), address);
    }
    curl_url_set(url.get(), CURLUPART_FRAGMENT, nullptr, 0);
    place.address = part_of(url.get(), CURLUPART_URL);
    return place;
}

// What libcurl's callbacks share with the request they belong to.
struct Transfer {
    std::size_t limit = 0;
    std::stop_token stop{};
    const std::function<bool(std::string_view)>* on_piece = nullptr;
    CURL* handle = nullptr;
    std::size_t received = 0;  // bytes of the body
    bool internal = false;
    bool closed_address = false;
    bool too_large = false;
    bool given_up = false;  // by whoever gets the pieces
    Page page{};
    std::string location{};
};

// NOLINTNEXTLINE(cppcoreguidelines-pro-type-vararg): libcurl's way of telling things
int status_of(CURL* handle) {
    long status = 0;
    curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
    return static_cast<int>(status);
}

bool is_success(int status) {
    return status >= 200 && status < 300;
}

std::size_t on_body(char* bytes, std::size_t, std::size_t size, void* context) {
    auto& transfer = *static_cast<Transfer*>(context);
    transfer.received += size;
    if (transfer.received > transfer.limit) {
        transfer.too_large = true;
        return 0;
    }
    if (transfer.on_piece != nullptr && is_success(status_of(transfer.handle))) {
        transfer.given_up = !(*transfer.on_piece)({bytes, size});
        return transfer.given_up ? 0 : size;
    }
    transfer.page.body.append(bytes, size);
    return size;
}

std::size_t on_header(char* bytes, std::size_t, std::size_t size, void* context) {
    auto& transfer = *static_cast<Transfer*>(context);
    std::string_view line(bytes, size);
    while (!line.empty() && (line.back() == '\n' || line.back() == '\r'))
        line.remove_suffix(1);
    const auto colon = line.find(':');
    if (colon == line.npos) return size;
    const auto name = detail::lower(line.substr(0, colon));
    const auto value = detail::trim(line.substr(colon + 1));
    if (name == "etag") transfer.page.etag = value;
    if (name == "last-modified") transfer.page.last_modified = value;
    if (name == "content-type") transfer.page.content_type = value;
    if (name == "location") transfer.location = value;
    return size;
}

// The address is judged where the connection is made, so what a name server says meanwhile cannot change it.
curl_socket_t on_open(void* context, curlsocktype, curl_sockaddr* address) {
    auto& transfer = *static_cast<Transfer*>(context);
    if (!transfer.internal && !detail::is_public(address->addr)) {
        transfer.closed_address = true;
        return CURL_SOCKET_BAD;
    }
    return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

int on_progress(void* context, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
    return static_cast<Transfer*>(context)->stop.stop_requested() ? 1 : 0;
}

// NOLINTBEGIN(cppcoreguidelines-pro-type-vararg): libcurl's way of setting options
void set_options(CURL* handle, Transfer& transfer, const Place& place, std::chrono::milliseconds left) {
    curl_easy_setopt(handle, CURLOPT_URL, place.address.c_str());
    curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(handle, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(handle, CURLOPT_PROXY, "");
    curl_easy_setopt(handle, CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
    curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(handle, CURLOPT_ACCEPT_ENCODING, "");
    curl_easy_setopt(handle, CURLOPT_USERAGENT, "Kansli/" KANSLI_VERSION);
    curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS, static_cast<long>(left.count()));
    curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, on_body);
    curl_easy_setopt(handle, CURLOPT_WRITEDATA, &transfer);
    curl_easy_setopt(handle, CURLOPT_HEADERFUNCTION, on_header);
    curl_easy_setopt(handle, CURLOPT_HEADERDATA, &transfer);
    curl_easy_setopt(handle, CURLOPT_OPENSOCKETFUNCTION, on_open);
    curl_easy_setopt(handle, CURLOPT_OPENSOCKETDATA, &transfer);
    curl_easy_setopt(handle, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(handle, CURLOPT_XFERINFOFUNCTION, on_progress);
    curl_easy_setopt(handle, CURLOPT_XFERINFODATA, &transfer);
}

// A form is sent as it is; its answer is what counts, not where it would lead.
void set_form(CURL* handle, const Fetch& fetch) {
    if (!fetch.form) return;
    curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE, static_cast<long>(fetch.form->size()));
    curl_easy_setopt(handle, CURLOPT_POSTFIELDS, fetch.form->c_str());
}

using Headers = std::vector<std::pair<std::string_view, std::string>>;

// Empty ones are left out. Control characters never go into a header.
Owned<curl_slist> header_list(const Headers& headers) {
    curl_slist* list = nullptr;
    for (const auto& [name, value] : headers) {
        if (value.empty() || std::ranges::any_of(value, detail::is_control)) continue;
        list = curl_slist_append(list, fmt::format("{}: {}", name, value).c_str());
    }
    return Owned<curl_slist>(list);
}

// A known version is asked for by its marks.
Headers headers_of(const Fetch& fetch) {
    return {{"If-None-Match", fetch.etag},
            {"If-Modified-Since", fetch.last_modified},
            {"Authorization", fetch.form ? fetch.authorization : std::string()}};
}

Failure failed_transfer(CURLcode code, const Transfer& transfer, const Place& place) {
    if (transfer.too_large) {
        return fail(ErrorCode::too_large, fmt::format("Sidan är större än {} byte.", transfer.limit),
                    place.address);
    }
    if (transfer.closed_address) {
        return not_allowed("Webbplatsens adress ligger på ett internt nät.", place.address);
    }
    if (transfer.given_up || transfer.stop.stop_requested())
        return fail(ErrorCode::cancelled, "Hämtningen avbröts.", place.address);
    return fail(ErrorCode::unavailable,
                fmt::format("Sidan gick inte att hämta ({}).", curl_easy_strerror(code)), place.address,
                "Försök igen senare.");
}

// One hop. `set_more` sets what is special for the kind of call.
template <typename SetMore>
Result<void> perform(Transfer& transfer, const Place& place, std::chrono::milliseconds left,
                     const Headers& headers, const SetMore& set_more) {
    const Owned<CURL> handle(curl_easy_init());
    if (!handle) return fail(ErrorCode::internal, "libcurl kunde inte startas.");
    transfer.handle = handle.get();
    transfer.internal = place.internal;
    transfer.received = 0;
    transfer.location.clear();
    transfer.page = Page{};
    set_options(handle.get(), transfer, place, left);
    set_more(handle.get());
    const auto list = header_list(headers);
    curl_easy_setopt(handle.get(), CURLOPT_HTTPHEADER, list.get());
    const auto code = curl_easy_perform(handle.get());
    if (code != CURLE_OK) return failed_transfer(code, transfer, place);
    transfer.page.status = status_of(handle.get());
    transfer.page.address = place.address;
    return {};
}

void set_post(CURL* handle, const Post& post) {
    curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE, static_cast<long>(post.json.size()));
    curl_easy_setopt(handle, CURLOPT_POSTFIELDS, post.json.c_str());
}
// NOLINTEND(cppcoreguidelines-pro-type-vararg)

bool is_redirect(int status) {
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

Result<Page> judge(Page page) {
    if (page.status == 304) {
        page.not_modified = true;
        return page;
    }
    if (is_success(page.status)) return page;
    const bool gone = page.status == 404 || page.status == 410;
    return fail(gone ? ErrorCode::not_found : ErrorCode::unavailable,
                fmt::format("Webbplatsen svarade med status {}.", page.status), page.address);
}

void start_libcurl() {
    static std::once_flag once;
    std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
}

}  // namespace

Client::Client(AllowedHosts allowed) : allowed_(std::move(allowed)) {
    start_libcurl();
}

Result<Page> Client::get(const Fetch& fetch) const {
    using Clock = std::chrono::steady_clock;
    const auto deadline = Clock::now() + fetch.timeout;
    Transfer transfer{.limit = fetch.limit, .stop = fetch.stop};
    std::string base;
    std::string address = fetch.address;
    const int hops = fetch.form ? 0 : fetch.redirects;
    for (int hop = 0; hop <= hops; ++hop) {
        const auto place = TRY(check_place(allowed_, base, address));
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now());
        if (left.count() <= 0) break;
        TRY(perform(transfer, place, left, headers_of(fetch),
                    [&](CURL* handle) { set_form(handle, fetch); }));
        if (!is_redirect(transfer.page.status) || transfer.location.empty())
            return judge(std::move(transfer.page));
        base = place.address;
        address = transfer.location;
    }
    return fail(ErrorCode::unavailable,
                "Webbplatsen skickar vidare för många gånger eller svarar för långsamt.", fetch.address);
}

Result<Page> Client::post(const Post& post) const {
    const auto place = TRY(check_place(allowed_, "", post.address));
    Transfer transfer{.limit = post.limit, .stop = post.stop};
    if (post.on_piece) transfer.on_piece = &post.on_piece;
    TRY(perform(transfer, place, post.timeout,
                {{"Content-Type", "application/json"},
                 {"Accept", "text/event-stream, application/json"},
                 {"Authorization", post.authorization}},
                [&](CURL* handle) { set_post(handle, post); }));
    return std::move(transfer.page);
}

bool is_public_address(std::string_view address) {
    return detail::is_public(address);
}

}  // namespace kansli::http
