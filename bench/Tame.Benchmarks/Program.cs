using Tame.Benchmarks;

return args switch
{
    ["--loop", var name, .. var rest] => PlainLoop.Run(name, rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine($"""
        usage: Tame.Benchmarks --loop ROW[-SIDE] [SECONDS] [OUTSTANDING]
          One side of one row, the side of Tame by default, as a plain loop for a profiler: --loop ping 5, --loop ping-async 5.
        {string.Join('\n', PlainLoop.Names.Select(name => "  " + name))}
        """);
    return 1;
}
