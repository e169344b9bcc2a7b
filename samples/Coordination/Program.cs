using Coordination;

// Each program shows one way in which calls wait for each other: `dotnet run --project samples/Coordination -- race`.
if (args is not [var name] || !Programs.All.TryGetValue(name, out var program))
{
    Console.Error.WriteLine($"coordination: name one of {string.Join(", ", Programs.All.Keys)}");
    return 1;
}
program(Console.Out);
return 0;
