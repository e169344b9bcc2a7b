using System.Net;
using System.Text;
using Tame.IO;

/// <summary>What a trimmer or a compiler ahead of time could break in Tame.IO: the network that a loop finds by itself, system calls, files, names, and processes.</summary>
internal static partial class Tour
{
    [Tamed] public static partial void Start(Event done);

    private static void StartBody(Event done)
    {
        var listener = Network.Current.Listen(new IPEndPoint(IPAddress.Loopback, 0));
        using (twait())
        {
            listener.Serve(Square, new ServeOptions { DrainTimeout = TimeSpan.FromSeconds(10) }, mkevent());
            Ask(listener, mkevent());
        }

        twait(e => Network.Current.Resolve("localhost", e), out IPAddress[] addresses);
        Console.WriteLine($"localhost: {Array.TrueForAll(addresses, IPAddress.IsLoopback)}");
        twait(e => Write(Path.Combine(Path.GetTempPath(), $"tame-tour-{Environment.ProcessId}"), e));
        done.Trigger();
    }

    [Tamed] private static partial void Square(Connection client, Event done);

    private static void SquareBody(Connection client, Event done)
    {
        using var reader = new Reader(client);
        using var writer = new Writer(client);
        string? line;
        do
        {
            twait(e => reader.ReadLine(e.WithTimeout(TimeSpan.FromMinutes(1))), out line);
            if (int.TryParse(line, out int number))
                writer.WriteLine($"{number * number}");
            twait(e => writer.Flush(e));
        }
        while (line is not null);
        done.Trigger();
    }

    /// <summary>Asks for two squares, and closes the listener, so that the server ends.</summary>
    [Tamed] private static partial void Ask(Listener listener, Event done);

    private static void AskBody(Listener listener, Event done)
    {
        twait(e => Network.Current.Connect("localhost", ((IPEndPoint)listener.LocalEndPoint).Port, e), out Connection server);
        using var closing = server;
        using var reader = new Reader(server);
        using var writer = new Writer(server);
        writer.WriteLine("3");
        writer.WriteLine("4");
        twait(e => writer.Flush(e));
        twait(e => reader.ReadLine(e), out string? nine);
        twait(e => reader.ReadLine(e), out string? sixteen);
        Console.WriteLine($"squares: {nine}, {sixteen}");
        listener.Dispose();
        done.Trigger();
    }

    /// <summary>Writes a file, reads it, and removes it with its folder.</summary>
    [Tamed] private static partial void Write(string folder, Event done);

    private static void WriteBody(string folder, Event done)
    {
        var files = Network.Current.Files;
        twait(e => files.CreateDirectory(folder, e));
        try
        {
            twait(e => files.Open(Path.Combine(folder, "notes"), FileMode.Create, FileAccess.ReadWrite, e), out RandomAccessFile notes);
            using (notes)
            {
                twait(e => notes.Append("two words"u8.ToArray(), e));
                var bytes = new byte[100];
                twait(e => notes.Read(bytes, 4, e), out int count);
                Console.WriteLine($"file: {Encoding.UTF8.GetString(bytes, 0, count)}");
            }
        }
        finally
        {
            twait(e => files.DeleteDirectory(folder, recursive: true, e));
        }
        done.Trigger();
    }

    /// <summary>Runs this program again as a child, and reads what it says.</summary>
    [Tamed] public static partial void Parent(Event done);

    private static void ParentBody(Event done)
    {
        var options = new ChildProcessOptions(Environment.ProcessPath!) { Arguments = ["child"], RedirectStandardOutput = true };
        twait(e => ChildProcess.Start(options, e), out ChildProcess child);
        using var killing = child;
        using var reader = new Reader(child.StandardOutput);
        twait(e => reader.ReadLine(e), out string? line);
        twait(e => child.WaitForExit(e.WithTimeout(TimeSpan.FromMinutes(1))), out int code);
        Console.WriteLine($"child: {line}, exit code {code}");
        done.Trigger();
    }
}
