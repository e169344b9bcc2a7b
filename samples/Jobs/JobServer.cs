using System.Threading.Channels;
using Tame.IO;

namespace JobsProgram;

/// <summary>
/// Takes a job from each line that a client sends, and answers each with a line when it is done. The jobs wait in a bounded channel for four workers. While it is full, the server reads nothing more from the clients.
/// </summary>
public sealed partial class JobServer(Listener listener, Action<string, Event<string>> work, TextWriter log)
{
    /// <summary>The number of jobs that run at a time.</summary>
    public const int Workers = 4;

    /// <summary>The number of jobs that wait for a worker.</summary>
    public const int Capacity = 16;

    private readonly BoundedChannel<Job> _jobs = new(Capacity);
    private readonly HashSet<Event<string?>> _reads = [];
    private bool _isStopping;

    /// <summary>The number of completed jobs.</summary>
    public int Done { get; private set; }

    /// <summary>Serves until <see cref="Stop"/>, and then until every accepted job is done and answered.</summary>
    [Tamed] public partial void Run(Event done);

    private void RunBody(Event done)
    {
        using (twait())
        {
            Serve(mkevent());
            for (int number = 1; number <= Workers; number++)
                Work(mkevent());
        }
        log.WriteLine($"{Done} jobs are done");
        done.Trigger();
    }

    /// <summary>Accepts no more clients and no more jobs.</summary>
    public void Stop()
    {
        if (_isStopping)
            return;
        _isStopping = true;
        log.WriteLine($"stops; {_jobs.Count} jobs wait");
        listener.Dispose();
        foreach (var read in _reads.ToArray())
            read.Trigger(null);     // the read ends without a line
    }

    [Tamed] private partial void Serve(Event done);

    private void ServeBody(Event done)
    {
        var options = new ServeOptions { DrainTimeout = Timeout.InfiniteTimeSpan, OnFailure = (client, error) => log.WriteLine($"{client.RemoteEndPoint} is lost: {error.Message}") };
        twait(e => listener.Serve(Take, options, e));
        _jobs.Complete();
        done.Trigger();
    }

    /// <summary>Takes the jobs of one client. The rendezvous holds those that are not answered yet.</summary>
    [Tamed] private partial void Take(Connection client, Event done);

    private void TakeBody(Connection client, Event done)
    {
        using var reader = new Reader(client);
        using var writer = new Writer(client);
        using var answers = new Rendezvous();
        while (true)
        {
            twait(e => Next(reader, e), out string? text);
            if (text is null)
                break;
            var job = new Job(text, writer, mkevent(answers));
            twait(e => _jobs.Send(job, e));
            while (answers.TryJoin())
            {
                // That job is answered.
            }
        }
        while (answers.Waiting + answers.Ready != 0)
            twait(answers);
        done.Trigger();
    }

    private void Next(Reader reader, Event<string?> line)
    {
        if (_isStopping)
        {
            line.Trigger(null);
            return;
        }
        _reads.Add(line);
        line.OnComplete(read => _reads.Remove((Event<string?>)read!), line);
        reader.ReadLine(line);
    }

    [Tamed] private partial void Work(Event done);

    private void WorkBody(Event done)
    {
        while (!_jobs.IsComplete)
        {
            Job job;
            try
            {
                twait(e => _jobs.Receive(e), out job);
            }
            catch (ChannelClosedException)
            {
                break;
            }
            string answer;
            try
            {
                twait(e => work(job.Text, e), out answer);
            }
            catch (FormatException error)
            {
                answer = $"failed: {error.Message}";
            }
            Done++;
            Answer(job, answer);
        }
        done.Trigger();
    }

    /// <summary>Workers do not wait for clients. A flush in progress also sends this answer. Its own job counts as answered when everything is sent.</summary>
    private static void Answer(Job job, string answer)
    {
        var client = job.Client;
        if (client.Connection.IsClosed)
        {
            job.Answered.Trigger();
            return;
        }
        client.WriteLine($"{job.Text}: {answer}");
        if (client.IsFlushing)
            job.Answered.Trigger();
        else
            client.Flush(job.Answered);
    }

    private sealed record Job(string Text, Writer Client, Event Answered);
}
