using System.CommandLine;
using System.Globalization;
using System.Net;
using MultiDns;

var window = new Option<int>("--window") { Description = "How many lookups the windowed form runs at once.", HelpName = "N", DefaultValueFactory = _ => 2 };
var timeout = new Option<double>("--timeout") { Description = "How long one lookup may take, in seconds.", HelpName = "S", DefaultValueFactory = _ => 5 };
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
names.Validators.Add(result =>
{
    if (result.Tokens.FirstOrDefault(token => token.Value.StartsWith('-')) is { } unknown)
        result.AddError($"{unknown.Value} is no option, and no name either.");
});

var root = new RootCommand("Looks up names one at a time, all at once, and in a window.") { window, timeout, names };
root.SetAction(result =>
{
    string[] asked = result.GetValue(names) is { Length: > 0 } given ? given : ["localhost", Dns.GetHostName()];
    var limit = TimeSpan.FromSeconds(result.GetValue(timeout));
    int size = result.GetValue(window);
    EventLoop.Run(done => Report.Compare(asked, size, limit, Console.Out, done));
    return 0;
});

var command = root.Parse(args);
if (command.Errors is [var first, ..])
{
    Console.Error.WriteLine($"multidns: {first.Message}");
    return 1;
}
return command.Invoke();
