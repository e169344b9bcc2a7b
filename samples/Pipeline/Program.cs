using Pipeline;

// Two stages in virtual time. The second gets more items than it can handle: `dotnet run --project samples/Pipeline`.
Orders.RunAll(Console.Out);
