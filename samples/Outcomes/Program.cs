using Outcomes;

// Each program shows an outcome of an event: `dotnet run --project samples/Outcomes -- failure`.
if (args is not [var name] || !Programs.All.TryGetValue(name, out var program))
{
    Console.Error.WriteLine($"outcomes: name one of {string.Join(", ", Programs.All.Keys)}");
    return 1;
}
program(Console.Out);
return 0;
