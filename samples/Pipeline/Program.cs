using Pipeline;

// Two stages in virtual time. The second has less room than it is sent: `dotnet run --project samples/Pipeline`.
Orders.RunAll(Console.Out);
