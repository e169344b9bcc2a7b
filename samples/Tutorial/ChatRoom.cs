using System.Threading.Channels;
using Tame.IO;

namespace Tutorial;

#region room
/// <summary>A room. Every line of a member goes to all other members.</summary>
public sealed partial class ChatRoom
{
    private readonly List<BoundedChannel<string>> _members = [];

    /// <summary>Talks with one client, until it leaves.</summary>
    [Tamed]
    public partial void Welcome(Connection client, Event done);

    private void WelcomeBody(Connection client, Event done)
    {
        using var reader = new Reader(client, limit: 1000);
        using var writer = new Writer(client);
        string? name = null;
        try
        {
            writer.WriteLine("your name?");
            twait(e => writer.Flush(e));
            twait(e => reader.ReadLine(e.WithTimeout(TimeSpan.FromMinutes(1))), out name);
        }
        catch (TimeoutException)
        {
            writer.WriteLine("too late");
            twait(e => writer.Flush(e));
        }
        if (name is not null)
        {
            var outbox = new BoundedChannel<string>(100);
            using (twait())
            {
                Listen(name, reader, outbox, mkevent());
                Deliver(outbox, writer, mkevent());
            }
        }
        done.Trigger();
    }
    #endregion

    #region listen
    [Tamed]
    private partial void Listen(string name, Reader reader, BoundedChannel<string> outbox, Event done);

    private void ListenBody(string name, Reader reader, BoundedChannel<string> outbox, Event done)
    {
        _members.Add(outbox);
        Say($"{name} is here", outbox);
        try
        {
            while (true)
            {
                twait(e => reader.ReadLine(e), out string? line);
                if (line is null)
                    break;
                Say($"{name}: {line}", outbox);
            }
        }
        finally
        {
            _members.Remove(outbox);
            outbox.Complete();
            Say($"{name} has left", outbox);
        }
        done.Trigger();
    }

    private void Say(string line, BoundedChannel<string> sender)
    {
        foreach (var outbox in _members.Where(member => member != sender))
            outbox.TrySend(line);       // a member who does not read misses lines, and keeps no one waiting
    }
    #endregion

    #region deliver
    [Tamed]
    private static partial void Deliver(BoundedChannel<string> outbox, Writer writer, Event done);

    private static void DeliverBody(BoundedChannel<string> outbox, Writer writer, Event done)
    {
        try
        {
            while (true)
            {
                twait(e => outbox.Receive(e), out string line);
                writer.WriteLine(line);
                twait(e => writer.Flush(e));
            }
        }
        catch (ChannelClosedException)
        {
            // The member has left.
        }
        done.Trigger();
    }
    #endregion
}
