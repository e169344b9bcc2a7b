using Pipeline;

// Two stages in virtual time, the second of which has less room than it is sent: `dotnet run --project samples/Pipeline`.
Orders.RunAll(Console.Out);
