using Tame.Comparison;

var command = CompareCommand.Make().Parse(args);
if (command.Errors is [var first, ..])
{
    Console.Error.WriteLine($"servers: {first.Message}");
    return 1;
}
return command.Invoke();
