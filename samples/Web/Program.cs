using WebPrograms;

// Each program shows a part of docs/http.md: `dotnet run --project samples/Web -- hello`.
if (args is not [var name] || !Programs.All.TryGetValue(name, out var program))
{
    Console.Error.WriteLine($"web: name one of {string.Join(", ", Programs.All.Keys)}");
    return 1;
}
EventLoop.Run(done => program(Console.Out, done));
return 0;
