using Seatrial.Engine.Measurements.Resources;

namespace Seatrial.Engine.Tests.Measurements;

public sealed class RuntimeTextTests
{
    [Fact]
    public void The_fullest_pool_counts() => Assert.Equal(
        new RuntimeSample(Paused: 0.25, Queued: 3, Taken: 2, Most: 2),
        RuntimeText.Parse("""
            # TYPE dotnet_gc_pause_time_seconds_total counter
            dotnet_gc_pause_time_seconds_total 0.25
            dotnet_thread_pool_queue_length 3
            db_client_connection_count{db_client_connection_pool_name="queue",db_client_connection_state="idle"} 6
            db_client_connection_count{db_client_connection_pool_name="queue",db_client_connection_state="used"} 2
            db_client_connection_max{db_client_connection_pool_name="queue"} 8
            db_client_connection_count{db_client_connection_pool_name="other one",db_client_connection_state="used"} 2
            db_client_connection_max{db_client_connection_pool_name="other one"} 2

            """));

    [Fact]
    public void Another_programs_page_holds_nothing() =>
        Assert.Null(RuntimeText.Parse("<html>\n up 1\n\nseconds x 2\n"));
}
