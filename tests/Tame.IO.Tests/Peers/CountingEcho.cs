namespace Tame.IO.Tests.Peers;

/// <summary>Sends back what each connection sends, and counts the connections.</summary>
internal sealed partial class CountingEcho
{
    public int Begun { get; private set; }

    public int Ended { get; private set; }

    [Tamed]
    public partial void Serve(Connection connection, Event done);

    private void ServeBody(Connection connection, Event done)
    {
        Begun++;
        try
        {
            twait(e => IO.Connections.Copy(connection, connection, e), out long _);
        }
        finally
        {
            Ended++;
        }
        done.Trigger();
    }
}
