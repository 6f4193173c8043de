using Rpa1;
using Seatrial.Worker.Hosting;

return await WorkerHost.RunAsync(Intake.Configure);
