using System.CommandLine;
using System.Globalization;
using System.Net;
using System.Text;
using Tame.Load;

var url = new Argument<Uri>("url") { Description = "What to ask for, such as http://127.0.0.1:8080/page.html. The host must be an address, or localhost.", CustomParser = result => Address(result.Tokens[0].Value, result.AddError) };
var clients = new Option<int>("--clients", "-c") { Description = "Clients, each with at most one request in progress.", DefaultValueFactory = _ => 64 };
var rate = new Option<double>("--rate", "-r") { Description = "Requests a second over all clients, at constant intervals; 0 sends as fast as answers come." };
var duration = new Option<double>("--duration", "-d") { Description = "Seconds in which requests count.", DefaultValueFactory = _ => 10 };
var warmUp = new Option<double>("--warm-up", "-w") { Description = "Seconds of load before that.", DefaultValueFactory = _ => 2 };
var perConnection = new Option<int>("--requests-per-connection", "-n") { Description = "Requests that a connection carries; 1 opens one for each request, 0 keeps them." };
var think = new Option<double>("--think") { Description = "Milliseconds between an answer and a client's next request, where there is no rate." };
var timeout = new Option<double>("--timeout") { Description = "Seconds after which a request has failed.", DefaultValueFactory = _ => 10 };
var threads = new Option<int>("--threads", "-t") { Description = "Loops, each on a thread.", DefaultValueFactory = _ => 1 };
var paths = new Option<FileInfo?>("--paths") { Description = "A file with a path on each line, which the clients take at random: equally often, or by a weight behind a tab." };
var header = new Option<string[]>("--header", "-H") { Description = "A header field, such as 'Accept-Encoding: br'.", DefaultValueFactory = _ => [] };
var seed = new Option<int>("--seed") { Description = "Seed of the choice among paths.", DefaultValueFactory = _ => 1 };
var process = new Option<int?>("--pid") { Description = "The server's process: its processor time an answer is shown." };
var json = new Option<FileInfo?>("--json") { Description = "A file for the result as JSON." };
AtLeast(clients, 1);
AtLeast(rate, 0);
AtLeast(duration, 0.001);
AtLeast(warmUp, 0);
AtLeast(perConnection, 0);
AtLeast(think, 0);
AtLeast(timeout, 0.001);
AtLeast(threads, 1);

var root = new RootCommand("Puts load on a server of HTTP/1.1 and shows how long its answers take, from when each request was due.")
    { url, clients, rate, duration, warmUp, perConnection, think, timeout, threads, paths, header, seed, process, json };
root.SetAction(result =>
{
    var target = result.GetValue(url)!;
    (string Path, double Weight)[] asked = result.GetValue(paths) is { } file ? [.. File.ReadLines(file.FullName).Where(line => line.Length > 0).Select(RequestChoice.Parse)] : [(target.PathAndQuery, 1)];
    var options = new LoadOptions
    {
        Server = new IPEndPoint(target.IsLoopback && target.HostNameType == UriHostNameType.Dns ? IPAddress.Loopback : IPAddress.Parse(target.DnsSafeHost), target.Port),
        Requests = [.. asked.Select(one => Encoding.Latin1.GetBytes($"GET {one.Path} HTTP/1.1\r\nHost: {target.Authority}\r\n{string.Concat(result.GetValue(header)!.Select(field => field + "\r\n"))}\r\n"))],
        Weights = [.. asked.Select(one => one.Weight)],
        Clients = result.GetValue(clients),
        Rate = result.GetValue(rate),
        RequestsPerConnection = result.GetValue(perConnection),
        Think = TimeSpan.FromMilliseconds(result.GetValue(think)),
        Duration = TimeSpan.FromSeconds(result.GetValue(duration)),
        WarmUp = TimeSpan.FromSeconds(result.GetValue(warmUp)),
        Timeout = TimeSpan.FromSeconds(result.GetValue(timeout)),
        Seed = result.GetValue(seed),
    };
    using var watch = new ServerTime(result.GetValue(process), options.WarmUp, options.Duration);
    var seen = Generator.Run(options, Math.Min(result.GetValue(threads), options.Clients), Console.IsErrorRedirected ? null : new ProgressLine(options));
    double? each = watch.Used is { } used && seen.Requests > 0 ? used.TotalMicroseconds / seen.Requests : null;
    Report.Write(seen, each, Console.Out);
    if (result.GetValue(json) is { } at)
    {
        using var stream = at.Create();
        Report.WriteJson(seen, each, stream);
    }
    return seen.Requests == 0 ? 1 : 0;
});

var command = root.Parse(args);
if (command.Errors is [var first, ..])
{
    Console.Error.WriteLine($"load: {first.Message}");
    return 1;
}
return command.Invoke();

static Uri? Address(string text, Action<string> refuse)
{
    if (Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttp && (uri.HostNameType is UriHostNameType.IPv4 or UriHostNameType.IPv6 || uri.Host == "localhost"))
        return uri;
    refuse($"{text} is no address to send to: write http://ADDRESS:PORT/PATH with an IP address or localhost.");
    return null;
}

static void AtLeast<T>(Option<T> option, double least) => option.Validators.Add(result =>
{
    if (result.Tokens is [var token] && double.TryParse(token.Value, CultureInfo.InvariantCulture, out double value) && value < least)
        result.AddError(string.Create(CultureInfo.InvariantCulture, $"{option.Name} must be at least {least}, not {token.Value}."));
});
