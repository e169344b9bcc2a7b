using Tutorial;

// The steps of docs/tutorial.md by name: `dotnet run --project samples/Tutorial -- both`. With --virtual they take no time.
var steps = new Dictionary<string, Action<Event>>
{
    ["countdown"] = Steps.Countdown,
    ["both"] = Steps.Both,
    ["first"] = Steps.First,
    ["window"] = Steps.Window,
    ["limit"] = Steps.Limit,
    ["task"] = Steps.Compute,
    ["lost"] = Steps.Lost,
    ["watch"] = done => Watched.Watch(args is [_, "--virtual"] ? 0 : 5001, done),
    ["chat"] = done => Chat.Run(5000, done),
};
if (args is not [var name, ..] || !steps.TryGetValue(name, out var step))
{
    Console.Error.WriteLine($"tutorial: name one of {string.Join(", ", steps.Keys)}");
    return 1;
}
EventLoop.Run(step, new EventLoopOptions { VirtualTime = args is [_, "--virtual"] });
return 0;
