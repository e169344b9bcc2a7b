// What the programs of this folder have around them: a network, a store and a log. Compiled with each of them, not with the tests.
using System.Net;

public sealed record Request(string Path, string? User, int Size, Event<string> Answer);

public sealed class Connection : IDisposable
{
    public bool IsOpen { get; private set; } = true;
    public void ReadLine(Event<string?> line) => line.Trigger(IsOpen ? "hello" : null);
    public void Write(string text, Event<bool> sent) => sent.Trigger(IsOpen && text.Length > 0);
    public void Flush() => IsOpen |= false;
    public void Dispose() => IsOpen = false;
}

public sealed class Listener
{
    public void Accept(Event<Connection> accepted) => accepted.Trigger(new Connection());
}

public static class Net
{
    public static void Lookup(string name, Event<IPAddress?> found) => found.Trigger(IPAddress.TryParse(name, out var address) ? address : null);
    public static void Connect(string host, int port, Event<Connection> connected) => timer(TimeSpan.FromMilliseconds(port), connected.Bind(new Connection()));
    public static void Ping(string host, Event<bool> alive) => alive.Trigger(host.Length > 0);
    public static void Fetch(string url, Event<int, string> fetched) => fetched.Trigger(200, url);
}

public static class Store
{
    public static void Get(string key, Event<string?> value) => value.Trigger(key);
    public static void Put(string key, string value, Event<bool> stored) => stored.Trigger(key != value);
    public static void Count(Event<int> count) => count.Trigger(3);
    public static void Delete(string key, Event deleted) => asap(deleted);
}

public static class Log
{
    public static void Write(object? what) => Console.WriteLine(what);
}

public enum Mode { Quick, Careful, Off }

namespace Tame.Orleans
{
    public sealed class TamedGrainAttribute : Attribute;
}
