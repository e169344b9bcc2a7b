using System.CommandLine;
using System.Globalization;
using System.Net;
using MultiDns;
using Tame.IO;

const int dnsPort = 53;
var window = new Option<int>("--window") { Description = "How many lookups the windowed form runs at once.", HelpName = "N", DefaultValueFactory = _ => 2 };
var timeout = new Option<double>("--timeout") { Description = "How long one lookup may take, in seconds.", HelpName = "S", DefaultValueFactory = _ => 5 };
var server = new Option<IPEndPoint?>("--server") { Description = "The DNS server to ask; without it, the machine's resolver is asked.", HelpName = "ADDRESS[:PORT]" };
var names = new Argument<string[]>("names") { Description = "The names to look up; without any, localhost and this host's.", Arity = ArgumentArity.ZeroOrMore };
window.Validators.Add(result =>
{
    if (result.Tokens is [var token] && int.TryParse(token.Value, out int value) && value < 1)
        result.AddError($"--window must be at least 1, not {value}.");
});
timeout.Validators.Add(result =>
{
    if (result.Tokens is [var token] && double.TryParse(token.Value, CultureInfo.InvariantCulture, out double value) && value is not (> 0 and < 1e6))
        result.AddError($"--timeout must be above 0 and below a million seconds, not {token.Value}.");
});
server.CustomParser = result =>
{
    if (IPEndPoint.TryParse(result.Tokens[0].Value, out var endPoint))
        return endPoint.Port == 0 ? new IPEndPoint(endPoint.Address, dnsPort) : endPoint;
    result.AddError($"--server must be an address, not {result.Tokens[0].Value}.");
    return null;
};
names.Validators.Add(result =>
{
    if (result.Tokens.FirstOrDefault(token => token.Value.StartsWith('-')) is { } unknown)
        result.AddError($"{unknown.Value} is neither an option nor a name.");
});

var root = new RootCommand("Looks up names one at a time, all at once, and in a window.") { window, timeout, server, names };
root.SetAction(result =>
{
    string[] asked = result.GetValue(names) is { Length: > 0 } given ? given : ["localhost", Dns.GetHostName()];
    var limit = TimeSpan.FromSeconds(result.GetValue(timeout));
    int size = result.GetValue(window);
    // Each form asks for the same names, and must not use cached answers of an earlier form.
    var kept = new SocketNetworkOptions { NameLifetime = TimeSpan.Zero };
    Network network = result.GetValue(server) is { } dns ? new ServerNetwork(dns, kept) : new SocketNetwork(kept);
    EventLoop.Run(done => Report.Compare(asked, size, limit, Console.Out, done), new EventLoopOptions { Network = network });
    return 0;
});

var command = root.Parse(args);
if (command.Errors is [var first, ..])
{
    Console.Error.WriteLine($"multidns: {first.Message}");
    return 1;
}
return command.Invoke();
