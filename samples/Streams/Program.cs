using StreamPrograms;

// Each program shows a part of docs/io.md: `dotnet run --project samples/Streams -- lines`.
if (args is not [var name] || !Programs.All.TryGetValue(name, out var program))
{
    Console.Error.WriteLine($"streams: name one of {string.Join(", ", Programs.All.Keys)}");
    return 1;
}
EventLoop.Run(done => program(Console.Out, done));
return 0;
