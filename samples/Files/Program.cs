using Files;

// Each program shows a part of docs/io.md: `dotnet run --project samples/Files -- log FOLDER`.
switch (args)
{
    case ["log", var folder]:
        EventLoop.Run(done => Logs.Write(folder, Console.Out, done));
        return 0;
    case ["watch", var folder]:
        EventLoop.Run(done => Watches.Watch(folder, Console.Out, done));
        return 0;
    case ["sort"]:
        EventLoop.Run(done => Sorts.Sort(Console.Out, done));
        return 0;
    case ["count"]:
        EventLoop.Run(done => Counts.Count(Console.Out, done));
        return 0;
    case ["pass", var path] when OperatingSystem.IsLinux():
        Passes.RunFront(path, Console.Out);
        return 0;
    case ["work", var path] when OperatingSystem.IsLinux():
        Passes.RunWorker(path);
        return 0;
    default:
        Console.Error.WriteLine("files: say log FOLDER, watch FOLDER, sort, count < FILE, or on Linux pass SOCKET");
        return 1;
}
